// SPDX-License-Identifier: Apache-2.0
/** How many instructions programs take: compiled by each back end, and in C. */
package mirage.conformance.bench;
