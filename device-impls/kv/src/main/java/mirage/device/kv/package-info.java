// SPDX-License-Identifier: Apache-2.0
/** Key-value stores: a folder made part of the program or of the flash beside it, and a store in memory. */
package mirage.device.kv;
