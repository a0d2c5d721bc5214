// SPDX-License-Identifier: Apache-2.0
/** The decisions that random programs are made by: drawn from a seed, recorded, repeated. */
package mirage.conformance.fuzz.draws;
