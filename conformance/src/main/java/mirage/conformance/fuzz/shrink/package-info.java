// SPDX-License-Identifier: Apache-2.0
/** Makes programs that differ smaller. */
package mirage.conformance.fuzz.shrink;
