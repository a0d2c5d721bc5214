// SPDX-License-Identifier: Apache-2.0
/** Many random programs compared, and those kept that differ. */
package mirage.conformance.fuzz;
