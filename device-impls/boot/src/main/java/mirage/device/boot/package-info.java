// SPDX-License-Identifier: Apache-2.0
/** How a unikernel was started and how it was built. */
package mirage.device.boot;
