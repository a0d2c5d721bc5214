// SPDX-License-Identifier: Apache-2.0
package mirage.backend.ir;

/** A word known when the program is compiled, or linked. */
public sealed interface Constant extends Immediate permits Num, Symbol {}
