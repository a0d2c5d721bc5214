// SPDX-License-Identifier: Apache-2.0
package mirage.xtensa;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The instructions of the ESP32's LX6 cores, one row each: the bits that are fixed, the option that
 * brings it, where control goes, and the operands in assembler order. An operand followed by {@code
 * =} is written, by {@code +} read and written; all others are read. What no operand covers is
 * fixed, so the bits of a row are its match value. Mnemonics are those of GNU binutils, with one
 * row for all special registers.
 *
 * <p>Not here: the double-precision acceleration package ({@code f64iter} and its kin), whose
 * semantics are not published, and the cache instructions, which this configuration lacks.
 */
public enum Opcode {
  // Arithmetic and logic.
  ADD(0x800000, Option.CORE, "ar= as at"),
  ADDX2(0x900000, Option.CORE, "ar= as at"),
  ADDX4(0xa00000, Option.CORE, "ar= as at"),
  ADDX8(0xb00000, Option.CORE, "ar= as at"),
  SUB(0xc00000, Option.CORE, "ar= as at"),
  SUBX2(0xd00000, Option.CORE, "ar= as at"),
  SUBX4(0xe00000, Option.CORE, "ar= as at"),
  SUBX8(0xf00000, Option.CORE, "ar= as at"),
  AND(0x100000, Option.CORE, "ar= as at"),
  OR(0x200000, Option.CORE, "ar= as at"),
  XOR(0x300000, Option.CORE, "ar= as at"),
  NEG(0x600000, Option.CORE, "ar= at"),
  ABS(0x600100, Option.CORE, "ar= at"),
  ADDI(0x00c002, Option.CORE, "at= as simm8"),
  ADDMI(0x00d002, Option.CORE, "at= as simm8x256"),
  MOVI(0x00a002, Option.CORE, "at= simm12"),
  MOVEQZ(0x830000, Option.CORE, "ar+ as at"),
  MOVNEZ(0x930000, Option.CORE, "ar+ as at"),
  MOVLTZ(0xa30000, Option.CORE, "ar+ as at"),
  MOVGEZ(0xb30000, Option.CORE, "ar+ as at"),
  EXTUI(0x040000, Option.CORE, "ar= at sae op2p1"),
  NOP(0x0020f0, Option.CORE),
  // Shifts.
  SSR(0x400000, Option.CORE, "as"),
  SSL(0x401000, Option.CORE, "as"),
  SSA8L(0x402000, Option.CORE, "as"),
  SSA8B(0x403000, Option.CORE, "as"),
  SSAI(0x404000, Option.CORE, "sas"),
  SLL(0xa10000, Option.CORE, "ar= as"),
  SRC(0x810000, Option.CORE, "ar= as at"),
  SRL(0x910000, Option.CORE, "ar= at"),
  SRA(0xb10000, Option.CORE, "ar= at"),
  SLLI(0x010000, Option.CORE, "ar= as sal"),
  SRAI(0x210000, Option.CORE, "ar= at sargt"),
  SRLI(0x410000, Option.CORE, "ar= at uimm4_s"),
  // Loads and stores.
  L8UI(0x000002, Option.CORE, "at= as uimm8"),
  L16UI(0x001002, Option.CORE, "at= as uimm8x2"),
  L16SI(0x009002, Option.CORE, "at= as uimm8x2"),
  L32I(0x002002, Option.CORE, "at= as uimm8x4"),
  L32R(0x000001, Option.CORE, "at= literal16"),
  S8I(0x004002, Option.CORE, "at as uimm8"),
  S16I(0x005002, Option.CORE, "at as uimm8x2"),
  S32I(0x006002, Option.CORE, "at as uimm8x4"),
  S32NB(0x590000, Option.CORE, "at as uimm4x4"),
  // Branches, jumps, calls of the call0 convention.
  BEQZ(0x000016, Option.CORE, Flow.BRANCH, "as label12"),
  BNEZ(0x000056, Option.CORE, Flow.BRANCH, "as label12"),
  BGEZ(0x0000d6, Option.CORE, Flow.BRANCH, "as label12"),
  BLTZ(0x000096, Option.CORE, Flow.BRANCH, "as label12"),
  BEQ(0x001007, Option.CORE, Flow.BRANCH, "as at label8"),
  BNE(0x009007, Option.CORE, Flow.BRANCH, "as at label8"),
  BGE(0x00a007, Option.CORE, Flow.BRANCH, "as at label8"),
  BLT(0x002007, Option.CORE, Flow.BRANCH, "as at label8"),
  BGEU(0x00b007, Option.CORE, Flow.BRANCH, "as at label8"),
  BLTU(0x003007, Option.CORE, Flow.BRANCH, "as at label8"),
  BANY(0x008007, Option.CORE, Flow.BRANCH, "as at label8"),
  BNONE(0x000007, Option.CORE, Flow.BRANCH, "as at label8"),
  BALL(0x004007, Option.CORE, Flow.BRANCH, "as at label8"),
  BNALL(0x00c007, Option.CORE, Flow.BRANCH, "as at label8"),
  BBC(0x005007, Option.CORE, Flow.BRANCH, "as at label8"),
  BBS(0x00d007, Option.CORE, Flow.BRANCH, "as at label8"),
  BEQI(0x000026, Option.CORE, Flow.BRANCH, "as b4const label8"),
  BNEI(0x000066, Option.CORE, Flow.BRANCH, "as b4const label8"),
  BGEI(0x0000e6, Option.CORE, Flow.BRANCH, "as b4const label8"),
  BLTI(0x0000a6, Option.CORE, Flow.BRANCH, "as b4const label8"),
  BGEUI(0x0000f6, Option.CORE, Flow.BRANCH, "as b4constu label8"),
  BLTUI(0x0000b6, Option.CORE, Flow.BRANCH, "as b4constu label8"),
  BBCI(0x006007, Option.CORE, Flow.BRANCH, "as bbi label8"),
  BBSI(0x00e007, Option.CORE, Flow.BRANCH, "as bbi label8"),
  J(0x000006, Option.CORE, Flow.JUMP, "label18"),
  JX(0x0000a0, Option.CORE, Flow.JUMP_REGISTER, "as"),
  CALL0(0x000005, Option.CORE, Flow.CALL, "call18x4"),
  CALLX0(0x0000c0, Option.CORE, Flow.CALL_REGISTER, "as"),
  RET(0x000080, Option.CORE, Flow.RETURN),
  // Order of memory accesses and of effects on special registers.
  MEMW(0x0020c0, Option.CORE),
  EXTW(0x0020d0, Option.CORE),
  ISYNC(0x002000, Option.CORE),
  RSYNC(0x002010, Option.CORE),
  ESYNC(0x002020, Option.CORE),
  DSYNC(0x002030, Option.CORE),
  EXCW(0x002080, Option.CORE),
  // Special, user and external registers.
  RSR(0x030000, Option.CORE, "at= sr"),
  WSR(0x130000, Option.CORE, "at sr="),
  XSR(0x610000, Option.CORE, "at+ sr+"),
  RUR(0xe30000, Option.CORE, "ar= ur_read"),
  WUR(0xf30000, Option.CORE, "at ur_write="),
  RER(0x406000, Option.EXTERNAL_REGISTERS, "at= as"),
  WER(0x407000, Option.EXTERNAL_REGISTERS, "at as"),
  // Short forms.
  ADD_N(0x000a, Option.DENSITY, "ar= as at"),
  ADDI_N(0x000b, Option.DENSITY, "ar= as ai4const"),
  MOV_N(0x000d, Option.DENSITY, "at= as"),
  MOVI_N(0x000c, Option.DENSITY, "as= simm7"),
  L32I_N(0x0008, Option.DENSITY, "at= as uimm4x4"),
  S32I_N(0x0009, Option.DENSITY, "at as uimm4x4"),
  BEQZ_N(0x008c, Option.DENSITY, Flow.BRANCH, "as ulabel6"),
  BNEZ_N(0x00cc, Option.DENSITY, Flow.BRANCH, "as ulabel6"),
  RET_N(0xf00d, Option.DENSITY, Flow.RETURN),
  NOP_N(0xf03d, Option.DENSITY),
  ILL_N(0xf06d, Option.DENSITY, Flow.TRAP),
  // Zero-overhead loops.
  LOOP(0x008076, Option.LOOP, Flow.LOOP, "as ulabel8"),
  LOOPNEZ(0x009076, Option.LOOP, Flow.LOOP, "as ulabel8"),
  LOOPGTZ(0x00a076, Option.LOOP, Flow.LOOP, "as ulabel8"),
  // Register windows.
  CALL4(0x000015, Option.WINDOW, Flow.CALL, "call18x4"),
  CALL8(0x000025, Option.WINDOW, Flow.CALL, "call18x4"),
  CALL12(0x000035, Option.WINDOW, Flow.CALL, "call18x4"),
  CALLX4(0x0000d0, Option.WINDOW, Flow.CALL_REGISTER, "as"),
  CALLX8(0x0000e0, Option.WINDOW, Flow.CALL_REGISTER, "as"),
  CALLX12(0x0000f0, Option.WINDOW, Flow.CALL_REGISTER, "as"),
  ENTRY(0x000036, Option.WINDOW, "as uimm12x8"),
  RETW(0x000090, Option.WINDOW, Flow.RETURN),
  RETW_N(0xf01d, Option.WINDOW, Flow.RETURN),
  MOVSP(0x001000, Option.WINDOW, "at= as"),
  ROTW(0x408000, Option.WINDOW, "simm4"),
  L32E(0x090000, Option.WINDOW, "at= as nimm4x4"),
  S32E(0x490000, Option.WINDOW, "at as nimm4x4"),
  RFWO(0x003400, Option.WINDOW, Flow.RESUME),
  RFWU(0x003500, Option.WINDOW, Flow.RESUME),
  // Multiplication, division, bit counting, extremes.
  MUL16U(0xc10000, Option.MUL16, "ar= as at"),
  MUL16S(0xd10000, Option.MUL16, "ar= as at"),
  MULL(0x820000, Option.MUL32, "ar= as at"),
  MULUH(0xa20000, Option.MUL32, "ar= as at"),
  MULSH(0xb20000, Option.MUL32, "ar= as at"),
  QUOU(0xc20000, Option.DIV32, "ar= as at"),
  QUOS(0xd20000, Option.DIV32, "ar= as at"),
  REMU(0xe20000, Option.DIV32, "ar= as at"),
  REMS(0xf20000, Option.DIV32, "ar= as at"),
  MIN(0x430000, Option.MINMAX, "ar= as at"),
  MAX(0x530000, Option.MINMAX, "ar= as at"),
  MINU(0x630000, Option.MINMAX, "ar= as at"),
  MAXU(0x730000, Option.MINMAX, "ar= as at"),
  NSA(0x40e000, Option.NSA, "at= as"),
  NSAU(0x40f000, Option.NSA, "at= as"),
  SEXT(0x230000, Option.SEXT, "ar= as tp7"),
  CLAMPS(0x330000, Option.CLAMPS, "ar= as tp7"),
  // Multiply and accumulate: operands are address registers (a) or MAC16 registers (d), and their
  // low or high halves.
  UMUL_AA_LL(0x700004, Option.MAC16, "as at"),
  UMUL_AA_HL(0x710004, Option.MAC16, "as at"),
  UMUL_AA_LH(0x720004, Option.MAC16, "as at"),
  UMUL_AA_HH(0x730004, Option.MAC16, "as at"),
  MUL_AA_LL(0x740004, Option.MAC16, "as at"),
  MUL_AA_HL(0x750004, Option.MAC16, "as at"),
  MUL_AA_LH(0x760004, Option.MAC16, "as at"),
  MUL_AA_HH(0x770004, Option.MAC16, "as at"),
  MUL_AD_LL(0x340004, Option.MAC16, "as my"),
  MUL_AD_HL(0x350004, Option.MAC16, "as my"),
  MUL_AD_LH(0x360004, Option.MAC16, "as my"),
  MUL_AD_HH(0x370004, Option.MAC16, "as my"),
  MUL_DA_LL(0x640004, Option.MAC16, "mx at"),
  MUL_DA_HL(0x650004, Option.MAC16, "mx at"),
  MUL_DA_LH(0x660004, Option.MAC16, "mx at"),
  MUL_DA_HH(0x670004, Option.MAC16, "mx at"),
  MUL_DD_LL(0x240004, Option.MAC16, "mx my"),
  MUL_DD_HL(0x250004, Option.MAC16, "mx my"),
  MUL_DD_LH(0x260004, Option.MAC16, "mx my"),
  MUL_DD_HH(0x270004, Option.MAC16, "mx my"),
  MULA_AA_LL(0x780004, Option.MAC16, "as at"),
  MULA_AA_HL(0x790004, Option.MAC16, "as at"),
  MULA_AA_LH(0x7a0004, Option.MAC16, "as at"),
  MULA_AA_HH(0x7b0004, Option.MAC16, "as at"),
  MULA_AD_LL(0x380004, Option.MAC16, "as my"),
  MULA_AD_HL(0x390004, Option.MAC16, "as my"),
  MULA_AD_LH(0x3a0004, Option.MAC16, "as my"),
  MULA_AD_HH(0x3b0004, Option.MAC16, "as my"),
  MULA_DA_LL(0x680004, Option.MAC16, "mx at"),
  MULA_DA_HL(0x690004, Option.MAC16, "mx at"),
  MULA_DA_LH(0x6a0004, Option.MAC16, "mx at"),
  MULA_DA_HH(0x6b0004, Option.MAC16, "mx at"),
  MULA_DD_LL(0x280004, Option.MAC16, "mx my"),
  MULA_DD_HL(0x290004, Option.MAC16, "mx my"),
  MULA_DD_LH(0x2a0004, Option.MAC16, "mx my"),
  MULA_DD_HH(0x2b0004, Option.MAC16, "mx my"),
  MULS_AA_LL(0x7c0004, Option.MAC16, "as at"),
  MULS_AA_HL(0x7d0004, Option.MAC16, "as at"),
  MULS_AA_LH(0x7e0004, Option.MAC16, "as at"),
  MULS_AA_HH(0x7f0004, Option.MAC16, "as at"),
  MULS_AD_LL(0x3c0004, Option.MAC16, "as my"),
  MULS_AD_HL(0x3d0004, Option.MAC16, "as my"),
  MULS_AD_LH(0x3e0004, Option.MAC16, "as my"),
  MULS_AD_HH(0x3f0004, Option.MAC16, "as my"),
  MULS_DA_LL(0x6c0004, Option.MAC16, "mx at"),
  MULS_DA_HL(0x6d0004, Option.MAC16, "mx at"),
  MULS_DA_LH(0x6e0004, Option.MAC16, "mx at"),
  MULS_DA_HH(0x6f0004, Option.MAC16, "mx at"),
  MULS_DD_LL(0x2c0004, Option.MAC16, "mx my"),
  MULS_DD_HL(0x2d0004, Option.MAC16, "mx my"),
  MULS_DD_LH(0x2e0004, Option.MAC16, "mx my"),
  MULS_DD_HH(0x2f0004, Option.MAC16, "mx my"),
  MULA_DA_LL_LDINC(0x480004, Option.MAC16, "mw= as+ mx at"),
  MULA_DA_HL_LDINC(0x490004, Option.MAC16, "mw= as+ mx at"),
  MULA_DA_LH_LDINC(0x4a0004, Option.MAC16, "mw= as+ mx at"),
  MULA_DA_HH_LDINC(0x4b0004, Option.MAC16, "mw= as+ mx at"),
  MULA_DA_LL_LDDEC(0x580004, Option.MAC16, "mw= as+ mx at"),
  MULA_DA_HL_LDDEC(0x590004, Option.MAC16, "mw= as+ mx at"),
  MULA_DA_LH_LDDEC(0x5a0004, Option.MAC16, "mw= as+ mx at"),
  MULA_DA_HH_LDDEC(0x5b0004, Option.MAC16, "mw= as+ mx at"),
  MULA_DD_LL_LDINC(0x080004, Option.MAC16, "mw= as+ mx my"),
  MULA_DD_HL_LDINC(0x090004, Option.MAC16, "mw= as+ mx my"),
  MULA_DD_LH_LDINC(0x0a0004, Option.MAC16, "mw= as+ mx my"),
  MULA_DD_HH_LDINC(0x0b0004, Option.MAC16, "mw= as+ mx my"),
  MULA_DD_LL_LDDEC(0x180004, Option.MAC16, "mw= as+ mx my"),
  MULA_DD_HL_LDDEC(0x190004, Option.MAC16, "mw= as+ mx my"),
  MULA_DD_LH_LDDEC(0x1a0004, Option.MAC16, "mw= as+ mx my"),
  MULA_DD_HH_LDDEC(0x1b0004, Option.MAC16, "mw= as+ mx my"),
  LDINC(0x800004, Option.MAC16, "mw= as+"),
  LDDEC(0x900004, Option.MAC16, "mw= as+"),
  // Booleans.
  ANDB(0x020000, Option.BOOLEAN, "br= bs bt"),
  ANDBC(0x120000, Option.BOOLEAN, "br= bs bt"),
  ORB(0x220000, Option.BOOLEAN, "br= bs bt"),
  ORBC(0x320000, Option.BOOLEAN, "br= bs bt"),
  XORB(0x420000, Option.BOOLEAN, "br= bs bt"),
  ANY4(0x008000, Option.BOOLEAN, "bt= bs4"),
  ALL4(0x009000, Option.BOOLEAN, "bt= bs4"),
  ANY8(0x00a000, Option.BOOLEAN, "bt= bs8"),
  ALL8(0x00b000, Option.BOOLEAN, "bt= bs8"),
  BF(0x000076, Option.BOOLEAN, Flow.BRANCH, "bs label8"),
  BT(0x001076, Option.BOOLEAN, Flow.BRANCH, "bs label8"),
  MOVF(0xc30000, Option.BOOLEAN, "ar+ as bt"),
  MOVT(0xd30000, Option.BOOLEAN, "ar+ as bt"),
  // Synchronization between cores.
  L32AI(0x00b002, Option.SYNCHRONIZATION, "at= as uimm8x4"),
  S32RI(0x00f002, Option.SYNCHRONIZATION, "at as uimm8x4"),
  S32C1I(0x00e002, Option.CONDITIONAL_STORE, "at+ as uimm8x4"),
  // Single-precision floating point.
  LSI(0x000003, Option.FLOAT, "ft= as uimm8x4"),
  LSIP(0x008003, Option.FLOAT, "ft= as+ uimm8x4"),
  LSX(0x080000, Option.FLOAT, "fr= as at"),
  LSXP(0x180000, Option.FLOAT, "fr= as+ at"),
  SSI(0x004003, Option.FLOAT, "ft as uimm8x4"),
  SSIP(0x00c003, Option.FLOAT, "ft as+ uimm8x4"),
  SSX(0x480000, Option.FLOAT, "fr as at"),
  SSXP(0x580000, Option.FLOAT, "fr as+ at"),
  ADD_S(0x0a0000, Option.FLOAT, "fr= fs ft"),
  SUB_S(0x1a0000, Option.FLOAT, "fr= fs ft"),
  MUL_S(0x2a0000, Option.FLOAT, "fr= fs ft"),
  MADD_S(0x4a0000, Option.FLOAT, "fr+ fs ft"),
  MSUB_S(0x5a0000, Option.FLOAT, "fr+ fs ft"),
  MADDN_S(0x6a0000, Option.FLOAT, "fr+ fs ft"),
  DIVN_S(0x7a0000, Option.FLOAT, "fr+ fs ft"),
  MOV_S(0xfa0000, Option.FLOAT, "fr= fs"),
  ABS_S(0xfa0010, Option.FLOAT, "fr= fs"),
  NEG_S(0xfa0060, Option.FLOAT, "fr= fs"),
  MOVEQZ_S(0x8b0000, Option.FLOAT, "fr+ fs at"),
  MOVNEZ_S(0x9b0000, Option.FLOAT, "fr+ fs at"),
  MOVLTZ_S(0xab0000, Option.FLOAT, "fr+ fs at"),
  MOVGEZ_S(0xbb0000, Option.FLOAT, "fr+ fs at"),
  MOVF_S(0xcb0000, Option.FLOAT, "fr+ fs bt"),
  MOVT_S(0xdb0000, Option.FLOAT, "fr+ fs bt"),
  RFR(0xfa0040, Option.FLOAT, "ar= fs"),
  WFR(0xfa0050, Option.FLOAT, "fr= as"),
  ROUND_S(0x8a0000, Option.FLOAT, "ar= fs uimm4_t"),
  TRUNC_S(0x9a0000, Option.FLOAT, "ar= fs uimm4_t"),
  FLOOR_S(0xaa0000, Option.FLOAT, "ar= fs uimm4_t"),
  CEIL_S(0xba0000, Option.FLOAT, "ar= fs uimm4_t"),
  UTRUNC_S(0xea0000, Option.FLOAT, "ar= fs uimm4_t"),
  FLOAT_S(0xca0000, Option.FLOAT, "fr= as uimm4_t"),
  UFLOAT_S(0xda0000, Option.FLOAT, "fr= as uimm4_t"),
  UN_S(0x1b0000, Option.FLOAT, "br= fs ft"),
  OEQ_S(0x2b0000, Option.FLOAT, "br= fs ft"),
  UEQ_S(0x3b0000, Option.FLOAT, "br= fs ft"),
  OLT_S(0x4b0000, Option.FLOAT, "br= fs ft"),
  ULT_S(0x5b0000, Option.FLOAT, "br= fs ft"),
  OLE_S(0x6b0000, Option.FLOAT, "br= fs ft"),
  ULE_S(0x7b0000, Option.FLOAT, "br= fs ft"),
  DIV0_S(0xfa0070, Option.FLOAT, "fr= fs"),
  RECIP0_S(0xfa0080, Option.FLOAT, "fr= fs"),
  SQRT0_S(0xfa0090, Option.FLOAT, "fr= fs"),
  RSQRT0_S(0xfa00a0, Option.FLOAT, "fr= fs"),
  NEXP01_S(0xfa00b0, Option.FLOAT, "fr= fs"),
  MKSADJ_S(0xfa00c0, Option.FLOAT, "fr= fs"),
  MKDADJ_S(0xfa00d0, Option.FLOAT, "fr+ fs"),
  ADDEXP_S(0xfa00e0, Option.FLOAT, "fr+ fs"),
  ADDEXPM_S(0xfa00f0, Option.FLOAT, "fr+ fs"),
  CONST_S(0xfa0030, Option.FLOAT, "fr= uimm4_s"),
  // Exceptions and interrupts.
  ILL(0x000000, Option.EXCEPTION, Flow.TRAP),
  SYSCALL(0x005000, Option.EXCEPTION, Flow.TRAP),
  SIMCALL(0x005100, Option.EXCEPTION),
  RFE(0x003000, Option.EXCEPTION, Flow.RESUME),
  RFDE(0x003200, Option.EXCEPTION, Flow.RESUME),
  RFI(0x003010, Option.INTERRUPT, Flow.RESUME, "uimm4_s"),
  RSIL(0x006000, Option.INTERRUPT, "at= uimm4_s"),
  WAITI(0x007000, Option.INTERRUPT, "uimm4_s"),
  // Debugging.
  BREAK(0x004000, Option.DEBUG, Flow.TRAP, "uimm4_s uimm4_t"),
  BREAK_N(0xf02d, Option.DEBUG, Flow.TRAP, "uimm4_s"),
  RFDO(0xf1e000, Option.DEBUG, Flow.RESUME, "uimm4_s"),
  RFDD(0xf1e010, Option.DEBUG, Flow.RESUME),
  LDDR32_P(0x0070e0, Option.DEBUG, "as+"),
  SDDR32_P(0x0070f0, Option.DEBUG, "as+"),
  // Region protection.
  IDTLB(0x50c000, Option.REGION_PROTECTION, "as"),
  IITLB(0x504000, Option.REGION_PROTECTION, "as"),
  PDTLB(0x50d000, Option.REGION_PROTECTION, "at= as"),
  RDTLB0(0x50b000, Option.REGION_PROTECTION, "at= as"),
  RDTLB1(0x50f000, Option.REGION_PROTECTION, "at= as"),
  PITLB(0x505000, Option.REGION_PROTECTION, "at= as"),
  RITLB0(0x503000, Option.REGION_PROTECTION, "at= as"),
  RITLB1(0x507000, Option.REGION_PROTECTION, "at= as"),
  WDTLB(0x50e000, Option.REGION_PROTECTION, "at as"),
  WITLB(0x506000, Option.REGION_PROTECTION, "at as"),
  // Wires to the chip's GPIO matrix.
  READ_IMPWIRE("read_impwire", 0x0e0000, Option.GPIO, "at="),
  SETB_EXPSTATE("setb_expstate", 0x0e1000, Option.GPIO, "bitindex"),
  CLRB_EXPSTATE("clrb_expstate", 0x0e1200, Option.GPIO, "bitindex"),
  WRMSK_EXPSTATE("wrmsk_expstate", 0x0e2000, Option.GPIO, "at as");

  private final String mnemonic;
  private final int match;
  private final int mask;
  private final Option option;
  private final Flow flow;
  private final List<Operand> operands;
  private final List<Access> accesses;

  /** What an instruction does with a register operand. */
  public enum Access {
    READ,
    WRITE,
    UPDATE
  }

  Opcode(int match, Option option) {
    this(match, option, "");
  }

  Opcode(int match, Option option, String operands) {
    this(match, option, Flow.NEXT, operands);
  }

  Opcode(int match, Option option, Flow flow) {
    this(match, option, flow, "");
  }

  Opcode(int match, Option option, Flow flow, String operands) {
    this(null, match, option, flow, operands);
  }

  Opcode(String mnemonic, int match, Option option, String operands) {
    this(mnemonic, match, option, Flow.NEXT, operands);
  }

  Opcode(String mnemonic, int match, Option option, Flow flow, String operands) {
    this.mnemonic = mnemonic != null ? mnemonic : name().toLowerCase(Locale.ROOT).replace('_', '.');
    this.match = match;
    this.option = option;
    this.flow = flow;
    List<Operand> kinds = new ArrayList<>();
    List<Access> uses = new ArrayList<>();
    int covered = 0;
    for (String item : operands.isEmpty() ? new String[0] : operands.split(" ")) {
      Access access =
          item.endsWith("=") ? Access.WRITE : item.endsWith("+") ? Access.UPDATE : Access.READ;
      String name = access == Access.READ ? item : item.substring(0, item.length() - 1);
      Operand operand = Operand.valueOf(name.toUpperCase(Locale.ROOT));
      kinds.add(operand);
      uses.add(access);
      covered |= operand.mask();
    }
    this.operands = List.copyOf(kinds);
    this.accesses = List.copyOf(uses);
    this.mask = (lengthOf(match) == 2 ? 0xffff : 0xffffff) & ~covered;
  }

  /**
   * The length in bytes of an instruction whose first byte is the low byte of {@code word}: 2 or 3
   * (ISA manual, section 7.2.1).
   */
  public static int lengthOf(int word) {
    return (word & 0xf) >= 8 ? 2 : 3;
  }

  public String mnemonic() {
    return mnemonic;
  }

  /** The fixed bits. */
  public int match() {
    return match;
  }

  /** Which bits are fixed. */
  public int mask() {
    return mask;
  }

  public Option option() {
    return option;
  }

  public Flow flow() {
    return flow;
  }

  /** The operands, in assembler order. */
  public List<Operand> operands() {
    return operands;
  }

  /** What becomes of operand {@code index}; meaningful for registers. */
  public Access access(int index) {
    return accesses.get(index);
  }

  /** Length in bytes: 2 or 3. */
  public int length() {
    return lengthOf(match);
  }
}
