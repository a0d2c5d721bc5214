// SPDX-License-Identifier: Apache-2.0
/** Makes operations on words of those on OCaml values. */
package mirage.backend.machine.lower;
