// SPDX-License-Identifier: Apache-2.0
/** What every part of the code generator knows: the LX6's registers and immediates, names of the run-time system, where variables are, and what operations on words do. */
package mirage.backend.machine.target;
