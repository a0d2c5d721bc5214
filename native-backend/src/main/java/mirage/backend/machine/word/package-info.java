// SPDX-License-Identifier: Apache-2.0
/** Improves operations on words: simpler ones, loops that count by themselves, what stays the same out of loops. */
package mirage.backend.machine.word;
