(* SPDX-License-Identifier: Apache-2.0 *)

(** Random bytes and numbers, and a look at their quality: the bits of a kilobyte should be about half ones. *)

module Main (Random : Mirage_random.S) = struct
  let ones_of_byte =
    let rec count b = if b = 0 then 0 else (b land 1) + count (b lsr 1) in
    Array.init 256 count

  let ones buffer =
    let rec add sum i =
      if i = Cstruct.length buffer then sum
      else add (sum + ones_of_byte.(Cstruct.get_uint8 buffer i)) (i + 1)
    in
    add 0 0

  let start () =
    Logs.info (fun m -> m "32 random bytes:@ %a" Cstruct.hexdump_pp (Random.generate 32));
    Logs.info (fun m ->
        m "a byte %d, a die %d, an int32 %ld"
          (Randomconv.int8 Random.generate)
          (1 + Randomconv.int ~bound:6 Random.generate)
          (Randomconv.int32 Random.generate));
    let ones = ones (Random.generate 1024) in
    Logs.info (fun m ->
        m "%d of 8192 bits are ones: %s" ones
          (if abs (ones - 4096) < 400 then "plausible" else "suspicious"));
    Lwt.return_unit
end
