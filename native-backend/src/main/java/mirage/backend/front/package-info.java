// SPDX-License-Identifier: Apache-2.0
/** From bytecode to the intermediate representation: the virtual machine's stack becomes variables. */
package mirage.backend.front;
