// SPDX-License-Identifier: Apache-2.0
package mirage.bindings.link;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import mirage.device.FlashData;
import mirage.formats.BootArguments;
import mirage.formats.Elf32;
import mirage.formats.EspImage;
import mirage.formats.EspImage.Segment;
import mirage.formats.FlashImage;
import mirage.formats.PartitionTable;
import mirage.formats.PartitionTable.Partition;
import mirage.tools.AtomicFiles;
import mirage.tools.MirageException;

/**
 * Where everything lies in flash. Small data partitions, boot arguments first, lie between the partition table and the
 * application; the others behind the application.
 */
final class FlashLayout {
  private static final String APPLICATION = "app";
  static final int APPLICATION_OFFSET = 0x10000;

  /** Room for a program to grow without a move of the partitions behind it. */
  private static final int APPLICATION_MINIMUM = 1 << 20;

  /** In the order the image holds them: its address of .irom counts on .drom being first. */
  private static final List<String> SECTIONS = List.of(".drom", ".irom", ".iram", ".data");

  private final LinkRequest request;
  private final Map<String, byte[]> contents = new LinkedHashMap<>();

  FlashLayout(LinkRequest request) {
    this.request = request;
  }

  /** The merged image. */
  byte[] image(byte[] loader, Elf32 program) {
    byte[] application = application(program).write();
    LinkOptions options = request.options();
    int room = options.applicationBytes();
    if (room == 0) {
      room = Math.max(APPLICATION_MINIMUM, roundUp(application.length, EspImage.PAGE));
    }
    if (application.length > room) {
      throw new MirageException(
          "%s: the application image has %d bytes, its partition %d; make the partition larger (--partitions) or the program smaller"
              .formatted(request.name(), application.length, room));
    }
    Map<String, Integer> sizes = dataSizes();
    List<Partition> partitions = place(sizes, room);
    int end = partitions.get(partitions.size() - 1).end();
    if (end > options.flashBytes()) {
      throw new MirageException(
          "%s: the partitions need %d bytes of flash, the chip has %d; make them smaller (--partitions), or name a larger chip (--flash-size)"
              .formatted(request.name(), end, options.flashBytes()));
    }
    contents.put(APPLICATION, application);
    return new FlashImage(loader(loader), new PartitionTable(partitions), contents).write();
  }

  private EspImage application(Elf32 program) {
    List<Segment> segments = new ArrayList<>();
    for (String name : SECTIONS) {
      program
          .section(name)
          .filter(section -> section.size() > 0)
          .ifPresent(section -> segments.add(new Segment(section.address(), section.data())));
    }
    return EspImage.of(program.entry(), request.options().flashBytes(), segments);
  }

  private EspImage loader(byte[] loader) {
    Elf32 elf = Elf32.read("loader.elf", loader);
    List<Segment> segments =
        elf.sections().stream()
            .filter(section -> section.allocated() && section.size() > 0)
            .map(
                section ->
                    new Segment(
                        section.address(),
                        section.type() == Elf32.SHT_NOBITS
                            ? new byte[section.size()]
                            : section.data()))
            .toList();
    return EspImage.of(elf.entry(), request.options().flashBytes(), segments);
  }

  /** Sizes of the data partitions by name, boot arguments included; reads their contents. */
  private Map<String, Integer> dataSizes() {
    Map<String, Integer> sizes = new TreeMap<>();
    sizes.put(BootArguments.PARTITION, PartitionTable.SECTOR);
    request
        .partitions()
        .forEach(
            (name, data) -> {
              byte[] content = AtomicFiles.read(data.content());
              contents.put(name, content);
              sizes.put(name, roundUp(Math.max(1, content.length), PartitionTable.SECTOR));
            });
    sizes.putAll(request.options().partitionBytes());
    contents.forEach(
        (name, content) -> {
          if (content.length > sizes.get(name)) {
            throw new MirageException(
                "%s: the content of partition '%s' has %d bytes, the partition %d"
                    .formatted(request.name(), name, content.length, sizes.get(name)));
          }
        });
    return sizes;
  }

  private List<Partition> place(Map<String, Integer> sizes, int applicationBytes) {
    List<Partition> before = new ArrayList<>();
    List<Partition> behind = new ArrayList<>();
    int low = FlashImage.FIRST_PARTITION;
    int high = APPLICATION_OFFSET + applicationBytes;
    List<String> names = new ArrayList<>(sizes.keySet());
    names.remove(BootArguments.PARTITION);
    names.add(0, BootArguments.PARTITION);
    for (String name : names) {
      int size = sizes.get(name);
      if (low + size <= APPLICATION_OFFSET) {
        before.add(data(name, low, size));
        low += size;
      } else {
        behind.add(data(name, high, size));
        high += size;
      }
    }
    before.add(
        new Partition(
            Partition.APP,
            Partition.FACTORY,
            APPLICATION_OFFSET,
            applicationBytes,
            APPLICATION,
            0));
    before.addAll(behind);
    return before;
  }

  private Partition data(String name, int offset, int size) {
    FlashData data = request.partitions().get(name);
    int flags = data != null && data.readOnly() ? Partition.READ_ONLY : 0;
    return new Partition(Partition.DATA, BootArguments.SUBTYPE, offset, size, name, flags);
  }

  private static int roundUp(int size, int unit) {
    return (size + unit - 1) / unit * unit;
  }
}
