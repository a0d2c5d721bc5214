// SPDX-License-Identifier: Apache-2.0
/**
 * What stands on a network stack: a resolver of names, conduit over plain TCP, HTTP by Debian's
 * cohttp.
 */
package mirage.device.services;
