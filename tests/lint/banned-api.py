# SPDX-License-Identifier: GPL-3.0-or-later
"""The source uses only what exists in GTK 4.8 and libadwaita 1.2 and is not deprecated later: see banned-api.txt."""

import re
from pathlib import Path

import lint


class Rule:
    def __init__(self, globs, line):
        self.globs = globs
        if line.startswith('/'):
            expression, rest = line[1:].split('/  ', 1)
            self.name = expression
            example, self.instead = re.split(r' {3,}', rest.strip(), maxsplit=1)
            self.examples, self.strangers = [example], []
        else:
            self.name, self.instead = line.split(None, 1)
            stem = self.name.rstrip('*')
            tail = r'' if self.name.endswith('*') else r'(?!\w)'
            expression = rf'(?<!\w){re.escape(stem)}{tail}'
            self.examples, self.strangers = [f'x = {stem} (y);'], [f'x = our_{stem} (y);']
            if tail:
                self.strangers.append(f'x = {stem}s (y);')
            # GtkDialog is also gtk_dialog_run (), GTK_DIALOG () and GTK_TYPE_DIALOG.
            if tail and (words := re.findall(r'[A-Z][a-z0-9]*', stem)) and ''.join(words) == stem and len(words) > 1:
                space, lower = words[0], '_'.join(words).lower()
                kind = f'{space}_TYPE_{"_".join(words[1:])}'.upper()
                # gtk_dialog_ begins no function of GtkDialogOther unless a class of that name exists: be exact by
                # asking for the verbs that classes have.
                verbs = 'new|get|set|add|remove|run|present|show|append|insert|open|launch|choose|push|pop|close|response'
                expression += rf'|(?<!\w){lower}_({verbs})|(?<!\w){lower.upper()}(?!\w)|(?<!\w){kind}(?!\w)'
                self.examples += [f'x = {lower}_new (y);', f'x = {lower.upper()} (y);', f'x = {kind};']
        self.expression = re.compile(expression)


def read_rules():
    rules, globs = [], []
    for line in Path(__file__).with_suffix('.txt').read_text(encoding='utf-8').splitlines():
        line = line.strip()
        if line.startswith('['):
            globs = line.strip('[]').split()
        elif line and not line.startswith('#'):
            rules.append(Rule(globs, line))
    return rules


def main():
    rules = read_rules()

    blunt = [f'{rule.name} does not match {example}'
             for rule in rules for example in rule.examples if not rule.expression.search(example)]
    blunt += [f'{rule.name} matches {stranger}'
              for rule in rules for stranger in rule.strangers if rule.expression.search(stranger)]
    lint.point('/banned-api/rules-match-what-they-name', blunt)
    lint.point('/banned-api/rules-are-there', [] if len(rules) > 100 else [f'only {len(rules)} rules'])

    texts, problems = {}, []
    for rule in rules:
        for path in lint.files(*rule.globs):
            if path not in texts:
                text = lint.read(path)
                if path.suffix == '.ui':
                    text = re.sub(r'<!--.*?-->', lambda m: re.sub(r'[^\n]', ' ', m[0]), text, flags=re.DOTALL)
                else:
                    text = lint.without_comments(text)
                texts[path] = text
            for match in rule.expression.finditer(texts[path]):
                number = texts[path].count('\n', 0, match.start()) + 1
                problems.append(f'{path}:{number}: {match[0]}: use {rule.instead}')
    lint.point('/banned-api/source-is-clean', sorted(problems))

    lint.finish()


main()
