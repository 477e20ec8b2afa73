/* refills-sandbox-faults.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-sandbox.h"

G_BEGIN_DECLS

/**
 * RefillsSandboxFaultKind:
 * @REFILLS_SANDBOX_FAULT_STATUS: answer with `status`, `body`, `content_type` and the extra headers;
 *   the request is not carried out
 * @REFILLS_SANDBOX_FAULT_DELAY: answer as usual, `delay_ms` later
 * @REFILLS_SANDBOX_FAULT_NEVER: carry out the request, never answer, keep the connection
 * @REFILLS_SANDBOX_FAULT_CLOSE: carry out the request, close the connection before answering
 * @REFILLS_SANDBOX_FAULT_CUT: declare the whole length, send `after` bytes of the body, close
 * @REFILLS_SANDBOX_FAULT_CUT_CHUNKED: send `after` bytes as one whole chunk, close without the last
 * @REFILLS_SANDBOX_FAULT_SLOW: send the body one byte every `delay_ms`
 * @REFILLS_SANDBOX_FAULT_BODY: 200 with `body` in place of the answer; it is carried out
 * @REFILLS_SANDBOX_FAULT_RAW: write `body` to the socket in place of the whole answer, and close
 * @REFILLS_SANDBOX_FAULT_HTML: 200 with a page of HTML; the request is not carried out
 * @REFILLS_SANDBOX_FAULT_REDIRECT: `status` (default 302) to `location`; not carried out
 * @REFILLS_SANDBOX_FAULT_MUTATE: replace `member` (a dotted path, numbers for array elements) in
 *   the JSON answer, or in each event of a stream, by the text `json`; %NULL removes the member
 * @REFILLS_SANDBOX_FAULT_STREAM_CLOSE: end the stream cleanly after `after` events
 * @REFILLS_SANDBOX_FAULT_STREAM_GARBAGE: put an event whose data is `body` after `after` events
 * @REFILLS_SANDBOX_FAULT_STREAM_WRONG_ID: put an event of another order after `after` events
 * @REFILLS_SANDBOX_FAULT_STREAM_STOP: send `stop` after `after` events, and end
 * @REFILLS_SANDBOX_FAULT_STREAM_SILENCE: send nothing at all after `after` events
 * @REFILLS_SANDBOX_FAULT_STREAM_COMMENTS: put three comment lines before each event
 * @REFILLS_SANDBOX_FAULT_STREAM_RETRY: begin with `retry:` and `delay_ms`
 * @REFILLS_SANDBOX_FAULT_STREAM_WRONG_TYPE: the stream, as `content_type` (default text/html)
 * @REFILLS_SANDBOX_FAULT_STREAM_DROP: break the connection in the middle of the event that follows
 *   `after` whole ones
 * @REFILLS_SANDBOX_FAULT_STREAM_IDS: put an `id:` line before each event, counting from 1
 * @REFILLS_SANDBOX_FAULT_STREAM_LINES: spread the data of each event over several `data:` lines
 * @REFILLS_SANDBOX_FAULT_STREAM_NO_STOP: neither send `stop` nor end after a final state
 * @REFILLS_SANDBOX_FAULT_STREAM_LATE: send nothing on connecting, only what changes later
 *
 * What goes wrong. A 204 or a 404 on a stream is a %REFILLS_SANDBOX_FAULT_STATUS.
 */
typedef enum {
  REFILLS_SANDBOX_FAULT_STATUS,
  REFILLS_SANDBOX_FAULT_DELAY,
  REFILLS_SANDBOX_FAULT_NEVER,
  REFILLS_SANDBOX_FAULT_CLOSE,
  REFILLS_SANDBOX_FAULT_CUT,
  REFILLS_SANDBOX_FAULT_CUT_CHUNKED,
  REFILLS_SANDBOX_FAULT_SLOW,
  REFILLS_SANDBOX_FAULT_BODY,
  REFILLS_SANDBOX_FAULT_RAW,
  REFILLS_SANDBOX_FAULT_HTML,
  REFILLS_SANDBOX_FAULT_REDIRECT,
  REFILLS_SANDBOX_FAULT_MUTATE,
  REFILLS_SANDBOX_FAULT_STREAM_CLOSE,
  REFILLS_SANDBOX_FAULT_STREAM_GARBAGE,
  REFILLS_SANDBOX_FAULT_STREAM_WRONG_ID,
  REFILLS_SANDBOX_FAULT_STREAM_STOP,
  REFILLS_SANDBOX_FAULT_STREAM_SILENCE,
  REFILLS_SANDBOX_FAULT_STREAM_COMMENTS,
  REFILLS_SANDBOX_FAULT_STREAM_RETRY,
  REFILLS_SANDBOX_FAULT_STREAM_WRONG_TYPE,
  REFILLS_SANDBOX_FAULT_STREAM_DROP,
  REFILLS_SANDBOX_FAULT_STREAM_IDS,
  REFILLS_SANDBOX_FAULT_STREAM_LINES,
  REFILLS_SANDBOX_FAULT_STREAM_NO_STOP,
  REFILLS_SANDBOX_FAULT_STREAM_LATE,
} RefillsSandboxFaultKind;

/**
 * RefillsSandboxFault:
 * @kind: what goes wrong
 * @method: (nullable): only for this method
 * @path: (nullable): only for paths that match, by g_pattern_match_simple()
 * @skip: how many matching requests pass unharmed first
 * @count: how many requests it hits; 0 for ever
 * @status: an HTTP status
 * @content_type: (nullable): of the answer
 * @header_name: (nullable): one more header of the answer
 * @header_value: (nullable): its value
 * @more_headers: (nullable): further headers, each as "Name: value" on a line of its own
 * @body: (nullable): bytes; a reference is taken
 * @delay_ms: milliseconds
 * @after: bytes, or events on a stream
 * @location: (nullable): where a redirect points
 * @member: (nullable): a dotted path into the answer
 * @json: (nullable): JSON text, not checked, so that it may be bad
 * @unperformed: answer by the fault without carrying the request out
 *
 * One fault. What @kind does not name is ignored. Strings are copied.
 */
typedef struct {
  RefillsSandboxFaultKind  kind;
  const char              *method;
  const char              *path;
  guint                    skip;
  guint                    count;
  guint                    status;
  const char              *content_type;
  const char              *header_name;
  const char              *header_value;
  const char              *more_headers;
  GBytes                  *body;
  guint                    delay_ms;
  guint                    after;
  const char              *location;
  const char              *member;
  const char              *json;
  gboolean                 unperformed;
} RefillsSandboxFault;

void     refills_sandbox_add_fault    (RefillsSandbox            *self,
                                       const RefillsSandboxFault *fault);
void     refills_sandbox_clear_faults (RefillsSandbox            *self);
gboolean refills_sandbox_set_shape    (RefillsSandbox            *self,
                                       const char                *name,
                                       const char                *value);
gboolean refills_sandbox_act_streams  (RefillsSandbox            *self,
                                       const char                *order_id,
                                       const char                *action);

G_END_DECLS
