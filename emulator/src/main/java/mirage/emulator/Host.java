// SPDX-License-Identifier: Apache-2.0
package mirage.emulator;

/** The world outside the machine: consulted between slices of instructions and before jumps in time. */
public interface Host {
  /** A host that lets virtual time run freely and has no input. */
  Host NONE =
      new Host() {
        @Override
        public long pace(Esp32 machine, long now, long target) {
          return target;
        }

        @Override
        public boolean await(Esp32 machine) {
          return false;
        }
      };

  /**
   * The machine is at tick {@code now} and is about to go on to {@code target}.
   *
   * @return the tick to go on to: {@code target}, or an earlier one not before {@code now} if something has arrived
   */
  long pace(Esp32 machine, long now, long target);

  /**
   * All cores wait and nothing inside the machine will ever wake them. Blocks until something arrives from outside.
   *
   * @return false if nothing can arrive
   */
  boolean await(Esp32 machine);
}
