// SPDX-License-Identifier: Apache-2.0
/** The samples as end-to-end tests, and the architecture as a test. */
package samples;
