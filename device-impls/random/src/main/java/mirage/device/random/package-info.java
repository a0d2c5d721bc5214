// SPDX-License-Identifier: Apache-2.0
/** Random data. */
package mirage.device.random;
