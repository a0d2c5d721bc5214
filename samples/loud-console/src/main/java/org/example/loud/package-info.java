// SPDX-License-Identifier: Apache-2.0
/** A console that shouts, for any unikernel that names this jar. */
package org.example.loud;
