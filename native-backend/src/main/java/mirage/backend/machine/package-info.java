// SPDX-License-Identifier: Apache-2.0
/** From the intermediate representation to Xtensa assembly: words, registers, text. */
package mirage.backend.machine;
