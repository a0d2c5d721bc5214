// SPDX-License-Identifier: Apache-2.0
/** What several tests share: graphs, devices made up for tests, files that hold expected texts. */
package mirage.config.testing;
