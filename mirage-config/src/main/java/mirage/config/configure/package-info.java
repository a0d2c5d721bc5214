// SPDX-License-Identifier: Apache-2.0
/** From a unikernel's config.ml to the files of its generated project. */
package mirage.config.configure;
