package mirage.conformance.fuzz;
import java.util.*; import java.util.stream.*;
public class Dev { static Comparison c() { var c = Comparison.of(mirage.tools.BuildCache.user()); if (System.getenv("STRESS") != null) c = System.getenv("STRESS").equals("1") ? c.stressed() : c.collecting(); return System.getenv("NATIVE") == null ? c : new Comparison(c.cache(), c.oracle(), List.of(mirage.bindings.link.BackEnd.NATIVE), c.starter()); } static long cpu() { return java.lang.management.ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class).getProcessCpuTime(); } public static void main(String[] a) throws Exception {
  switch (a[0]) {
   case "source" -> System.out.print(Program.source(LongStream.range(Long.parseLong(a[1]), Long.parseLong(a[2])).mapToObj(Program::of).toList()));
   case "replay" -> { for (long s = Long.parseLong(a[1]); s < Long.parseLong(a[2]); s++) { Program p = Program.of(s); Program q = Program.of(s, p.draws()); if (!p.equals(q)) System.out.println("differs " + s); } }
   case "nothing" -> System.out.print(Program.of(1, Draws.none("program")).module());
   case "file" -> System.out.println(Comparison.of(mirage.tools.BuildCache.user()).difference(java.nio.file.Files.readString(java.nio.file.Path.of(a[1]))));
   case "time" -> { var c = Comparison.of(mirage.tools.BuildCache.user()); var w = java.nio.file.Files.createTempDirectory("dev");
     String src = Program.source(LongStream.range(Long.parseLong(a[1]), Long.parseLong(a[2])).mapToObj(Program::of).toList());
     java.nio.file.Files.writeString(w.resolve("program.ml"), src);
     long t0 = cpu(); mirage.tools.Command.of("bash","-c","time ocamlc -w -a -o program.byte program.ml").in(w).interact();
     mirage.tools.Command.of("bash","-c","time "+c.oracle().program()+" program.byte >/dev/null").in(w).interact();
     for (var b : mirage.bindings.link.BackEnd.values()) { 
       for (int i = 0; i < (a.length > 3 ? 2 : 1); i++) {
       t0 = cpu(); long n0 = System.nanoTime();
       var p = mirage.conformance.chip.ChipProgram.link(b, c.cache(), w.resolve("program.byte"), List.of(), mirage.conformance.chip.BoardMemory.CHIP, java.nio.file.Files.createTempDirectory(w, "chip"));
       System.out.println(b + " link: java cpu " + (cpu()-t0)/1e9 + " wall " + (System.nanoTime()-n0)/1e9);
       t0 = cpu(); n0 = System.nanoTime(); var r = p.run(List.of(), 1500);
       System.out.println(b + " run: cpu " + (cpu()-t0)/1e9 + " wall " + (System.nanoTime()-n0)/1e9 + " instr " + r.instructions()/1e6 + "M " + r.outcome());
       java.nio.file.Files.write(java.nio.file.Path.of("/tmp/fz/" + b + ".out"), r.output());
       } } }
   case "shrink" -> System.out.println(new Shrinker(c()).shrink(Program.of(Long.parseLong(a[1]))));
   default -> { var m = new Batch(LongStream.range(Long.parseLong(a[1]), Long.parseLong(a[2])).mapToObj(Program::of).toList()).failures(c()); m.forEach((k,v) -> System.out.println(k + ": " + v)); System.out.println(m.size() + " differ"); }
  } } }
