/* SPDX-License-Identifier: Apache-2.0 */

#include "arguments.h"

#include <stdbool.h>

static bool blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

int arguments_split(const char *line, char *copy, char **words, int max) {
  int count = 0;
  for (;;) {
    while (blank(*line)) line++;
    if (*line == 0) return count;
    if (count < max) words[count] = copy;
    count++;
    bool quoted = false;
    for (; *line && (quoted || !blank(*line)); line++) {
      if (*line == '"') {
        quoted = !quoted;
      } else {
        if (*line == '\\' && line[1]) line++;
        *copy++ = *line;
      }
    }
    *copy++ = 0;
    /* The copy is never longer than what was read: a word's blank or end paid for its NUL. */
  }
}
