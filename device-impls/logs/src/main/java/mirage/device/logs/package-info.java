// SPDX-License-Identifier: Apache-2.0
/** Where log messages go. */
package mirage.device.logs;
