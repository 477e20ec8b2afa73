# SPDX-License-Identifier: GPL-3.0-or-later
# Completion of refills-cli for bash; needs nothing but bash itself.

_refills_cli()
{
    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]}
    local commands='countries vias brands home search products price validate order orders show track check unlock recovery relay'
    local global='--api-url --country --lang --json --order-shape --partner-id --version --help'
    local basket='--email --coin --network --via --coupon --refund-address --line'
    local kinds='amount bech32 bech32m bip321 bitcoin-address bolt11 bolt11-invalid cashaddr dogecoin-address erc681
        erc681-number evm-address litecoin-address lpa monero-address segwit solana-address solana-pay stellar-address
        sui-address token-contract ton-address ton-uri tron-address xrp-classic xrp-xaddress'
    local command='' options i
    COMPREPLY=()

    # Bash takes “--option=value” apart: an equals sign is a word.
    if [[ $cur == '=' ]]; then
        cur=''
    elif [[ $prev == '=' ]]; then
        prev=${COMP_WORDS[COMP_CWORD - 2]}
    fi

    # The command is the first word that is no option, and no value of an option in front of it.
    for ((i = 1; i < COMP_CWORD; i++)); do
        case ${COMP_WORDS[i]} in
            --api-url | --country | --lang | --order-shape | --partner-id)
                [[ ${COMP_WORDS[i + 1]} == '=' ]] && ((i++))
                ((i++))
                # A URL has colons, at which bash takes it apart too.
                while [[ ${COMP_WORDS[i + 1]} == : || ${COMP_WORDS[i]} == : ]]; do
                    ((i++))
                done
                ;;
            -*) ;;
            *)
                command=${COMP_WORDS[i]}
                break
                ;;
        esac
    done

    case $prev in
        --order-shape) options='flat reference' ;;
        --via) options='USER_WALLET GATE_PAY GATE_PAY_WEB KUCOIN_PAY BUYDL' ;;
        --poll) options='5 6 7 8 9 10' ;;
        --api-url | --country | --lang | --partner-id | --email | --coin | --network | --coupon | --refund-address | \
            --line | --row | --decimals | --port | --upstream | --allow-origin)
            return
            ;;
        --passphrase-file)
            mapfile -t COMPREPLY < <(compgen -f -- "$cur")
            return
            ;;
        *)
            case $command in
                '') [[ $cur == -* ]] && options=$global || options=$commands ;;
                products | price) options='--coin --help' ;;
                validate) options="$basket --help" ;;
                order) options="$basket --replace --key-file --track --accept-terms --help" ;;
                show) options='--offline --row --help' ;;
                track) options='--poll --raw --no-reconnect --help' ;;
                check) options="--decimals --help $kinds" ;;
                unlock) options='--passphrase-file --key-file --set-aside --help' ;;
                recovery) options='--passphrase-file --help' ;;
                relay) options='--port --upstream --allow-origin --help' ;;
                *) options='--help' ;;
            esac
            ;;
    esac
    mapfile -t COMPREPLY < <(compgen -W "$options" -- "$cur")
}

complete -F _refills_cli refills-cli
