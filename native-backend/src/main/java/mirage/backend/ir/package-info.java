// SPDX-License-Identifier: Apache-2.0
/**
 * The program as functions of basic blocks in static single assignment form, blocks with parameters
 * in place of phi nodes.
 *
 * <p>It has more classes than can be seen at once, because what an instruction carries and how a block ends are sealed families of
 * small records, which have to be members of one package.
 */
package mirage.backend.ir;
