// SPDX-License-Identifier: Apache-2.0
package mirage.config.resolve;

/**
 * Something a jar offers.
 *
 * @param item the library, implementation or kind
 * @param origin the jar or class directory, for people
 * @param named whether the unikernel names that jar: it then beats the tool's own
 */
public record Offer<T>(T item, String origin, boolean named) {}
