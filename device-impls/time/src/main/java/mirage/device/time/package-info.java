// SPDX-License-Identifier: Apache-2.0
/** Sleeping. */
package mirage.device.time;
