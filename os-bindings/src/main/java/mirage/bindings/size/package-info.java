// SPDX-License-Identifier: Apache-2.0
/** What takes flash and RAM in a linked program, by library and module: as records, as text, as a drawing. */
package mirage.bindings.size;
