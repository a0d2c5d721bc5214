// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.bus;

/** One page of an address space: memory with rights, or a device. */
final class Mapping {
  private final AddressSpace space;
  private final int number;
  final Memory memory;
  final Page page;
  final Rights rights;
  final Device device;
  private final int deviceBase;

  private Mapping(
      AddressSpace space,
      int number,
      Memory memory,
      Page page,
      Rights rights,
      Device device,
      int deviceBase) {
    this.space = space;
    this.number = number;
    this.memory = memory;
    this.page = page;
    this.rights = rights;
    this.device = device;
    this.deviceBase = deviceBase;
  }

  static Mapping of(AddressSpace space, int number, Memory memory, Page page, Rights rights) {
    return new Mapping(space, number, memory, page, rights, null, 0);
  }

  /** A device page; offsets are counted from {@code deviceBase}. */
  static Mapping of(AddressSpace space, int number, Device device, int deviceBase) {
    return new Mapping(space, number, null, null, null, device, deviceBase);
  }

  int offset(int address) {
    return address - deviceBase;
  }

  String name() {
    return device != null ? device.name() : memory.name();
  }

  void publish() {
    space.publish(number, this);
  }

  void codeChanged() {
    space.codeChanged(number);
  }
}
