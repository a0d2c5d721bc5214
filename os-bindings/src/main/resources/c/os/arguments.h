/* SPDX-License-Identifier: Apache-2.0 */

#ifndef ARGUMENTS_H
#define ARGUMENTS_H

/* Splits a line of boot arguments (board.h says how it is quoted) into words. Returns how many there
   are. words[0 .. min(result, max) - 1] point into copy, which has room for strlen(line) + 1 bytes. */
int arguments_split(const char *line, char *copy, char **words, int max);

#endif
