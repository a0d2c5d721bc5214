(* SPDX-License-Identifier: Apache-2.0 *)
(* What zlib deflated at its levels 1 and 9: the same text; then some of it damaged, or missing. *)

let text_of hex = String.init (String.length hex / 2) (fun i -> Char.chr (int_of_string ("0x" ^ String.sub hex (2 * i) 2)))

let fast =
  "78018d975b6a54411445ffef28ee08821a353a9c685aba2104c106c1d11b04d75a50c7dbfab5dd673f4e5557277a79f9f6fc783dfdd87f\
   9e1faffbafe7cb97fd7a3eed5fcf97effbf674fa337cbadb4597bf06642b50fde6edbbfbf71f3e3e7cfa3c15901559a02b89b0d07a34db\
   1c8a880038136df1d2352e976bca9cf015783dd61d5730d590aa6c1a965eeb44d119e958440a40bd88fd5660d4bc6636c945464bf106a2\
   c570665b525c90b194de2d3b382f3bd8d901e07e8624399038bc3a9849b9297a80aa6de2728fc358b388fedc63569f5a32c6edce43b494\
   b229445da6c339a08c6311332634e50e210345e701f045a467240989d0d290c3b9f002a2f7d0c6b9811cb9006713a2eb50cf308f09ce58\
   285201ee2f429e73c2018c1f9c52435362998633787bfd83425a340cd92f8970ae25cad5e5db6cc794d35f5e26e911b1a1b2cdf7c154c3\
   54172f0eced41fc8319b98034a625f03d751625d05a3a1223262c5c010d0df0536c46bf24812bd8246331de3c66256c4ab0c2a3bc12913\
   3104c4e94e22dacd188652221a56904e63431a22ca1b22d0673c7e6f34e348c9703228800d2e6aac9c280db49a22a5036eb25ad667243b\
   79c271101d168b9001fca9274aaed6907684fc7f654c2689586d4c94cc53c062ca74d9c87ac590268b186667a78da10fe02e3e8b788522\
   eaa488cb0687dc60251690b0ac19960a00de7c41f3fb25de7c30d1464054bae1dc5fc430d1c9ebe760a4285249d3454e453173173ad82c\
   32bd5d2c02ed4a45115238d530d43a5f8f7558a434d3317f6878d1011819bbce606ccc49ff7153a50da72f01c40350adcc10857a98cdd7\
   9ac7ef173c77476dfe659985edf1076f8f8b3d1eaf8e29c03c55b1723ea7580166c4a92164aec4b976121d0e0b4069f42ee40843bf3259\
   6d55219f546e38de7ec6afff45f06fc37a490fa49cbd0c89cc3c51eaa2f48a7c767a2a0c56607b3e4376635b0dcc6ebde3d45932e4d0e1\
   49d42764861e9ac586406b93a2ce3121d1053206101295712171784c28cfeb7108360dead6ff02fb74cda68e1c672254d93dd06d42e6e9\
   907de3db818e3e5710d926729a2f84e3ac4587535174acf01bfb12795f"

let best =
  "78da9d985b6ac3301045ff67155e41e9fbb19cb649892194420385aebea5504ba0e333e3e4cbd88ae675e7ce95e6f7b7e3f369ff397d1d\
   9e4fd3f7717e994e87fdf47a983fa6d8edff3eee2ea6f634ffff6159363eb4d59757d737b777f70f8f4f6460d9ab5b86ff684fa379fb16\
   bac53cc6de9e22c061742e30dcd1caf2d0d6574d40b0ddbac0b7602ea98b965b9355c202bbd9c7816b17c331d617fc8ca0f482f79d312e\
   2be5d2420e58c58196404c9e8e463b7fe95d2886b43b18d6e150548c6b689eedee2b386078f068695fd8641bfd0122fa0cd24b6aff6a6e\
   46bb497787c5a5b40148d4f504a66d4955882add1611e878f6bac4ef0f6003598258bda8385ea2da3881834f3dec49c388d6dd8e1117c1\
   44d24555931963858b3353b7a75a8f96784264bd6abcdd38c22928336ca384f2a38da54ca269249029334846eab9460c01fb46b1071cdb\
   000b8dbf3a6f4275ab1691350ca2478374a721f0e6e919653b6be57624b2aa83b08a48882a6313b9b0ae54b94cf4aae68aa0296aa9b1ea\
   ccde1a0e09806059543e50798a48c9f2a92941147eae8e55cf713da3e5739aceb1843a929681005ce1d5666ae9000f455f29e1ca6bef09\
   f1aa3458eddb0aea02a647e03936b9754005e1c8b2c3bc97afb647c6e1e163d208d915eb362c29132aed258397282a920b89ea0d41323e\
   33f68cea35456487471b15d406e72804b3119e92154a103854af341251569b83590e4058a936309d9a9d02c3cf2a35fd9e0d2b6effea75\
   9df541752aa385aa96a3d2fc00fb12795f"

let inflate data =
  let input = De.bigstring_create De.io_buffer_size and output = De.bigstring_create De.io_buffer_size in
  let result = Buffer.create 4096 and place = ref 0 in
  let refill buffer =
    let len = min (String.length data - !place) De.io_buffer_size in
    Bigstringaf.blit_from_string data ~src_off:!place buffer ~dst_off:0 ~len;
    place := !place + len;
    len
  in
  let flush buffer len = Buffer.add_string result (Bigstringaf.substring buffer ~off:0 ~len) in
  match Zl.Higher.uncompress ~allocate:(fun bits -> De.make_window ~bits) ~refill ~flush input output with
  | Ok () -> Ok (Buffer.contents result)
  | Error (`Msg m) -> Error m

let say data =
  match inflate data with
  | Ok text -> Printf.printf "%d bytes, %s\n" (String.length text) (Digest.to_hex (Digest.string text))
  | Error m -> Printf.printf "error: %s\n" m

let () =
  say (text_of fast);
  say (text_of best);
  let damaged = Bytes.of_string (text_of best) in
  Bytes.set damaged 200 '!';
  say (Bytes.to_string damaged);
  say (String.sub (text_of best) 0 300)
