// SPDX-License-Identifier: Apache-2.0
/** What a long-running step tells the person who waits for it. */
package mirage.config.report;
