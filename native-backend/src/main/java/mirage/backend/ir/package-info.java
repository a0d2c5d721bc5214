// SPDX-License-Identifier: Apache-2.0
/**
 * The program as functions of basic blocks in static single assignment form, blocks with parameters
 * in place of phi nodes.
 */
package mirage.backend.ir;
