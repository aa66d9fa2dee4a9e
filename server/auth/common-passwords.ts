/** The commonest of leaked passwords that are long enough, in lower case. What everybody tries first. */
export const COMMON_PASSWORDS: ReadonlySet<string> = new Set(
  `123456789 12345678 1234567890 password password1 password12 password123 password1234 password!
  passw0rd passw0rd1 p@ssw0rd p@ssword p@$$w0rd pa55word pass1234 passwort passwort1 passwort123 contraseña
  contrasena contrasena1 motdepasse qwertyuiop qwerty123 qwerty1234 qwerty12 qwerty12345 qwertyui qwertzuiop
  qwertz123 1qaz2wsx 1qaz2wsx3edc 1q2w3e4r 1q2w3e4r5t 1q2w3e4r5t6y q1w2e3r4 q1w2e3r4t5 zaq12wsx zaq1zaq1
  zxcvbnm123 zxcvbnm1 asdfghjk asdfghjkl asdf1234 asdfasdf asdfghjkl1 qazwsxedc qazwsx123 abcd1234 abc12345
  abcdefgh abcdefg1 a1b2c3d4 aa123456 aa12345678 abc123456 123456abc 123456789a a123456789 a12345678 12345678a
  123123123 1234512345 12341234 12344321 123454321 87654321 987654321 9876543210 11111111 111111111 1111111111
  22222222 33333333 44444444 55555555 66666666 77777777 88888888 888888888 99999999 00000000 000000000
  0000000000 01234567 0123456789 012345678 11223344 1122334455 112233445566 12121212 13131313 10203040 31415926
  11112222 12312312 147258369 159357456 741852963 789456123 1029384756 147852369 456789123 159753456 14725836
  iloveyou iloveyou1 iloveyou2 iloveyou! loveyou1 sunshine sunshine1 princess princess1 football football1
  baseball baseball1 basketball superman superman1 batman123 spiderman starwars starwars1 pokemon1 pokemon123
  michelle jennifer jessica1 charlie1 michael1 jordan23 jonathan samantha danielle alexander alexandra
  computer computer1 internet samsung1 whatever trustno1 letmein1 letmein123 letmein! welcome1 welcome12
  welcome123 welcome1234 welcome! welcome2024 welcome2025 welcome2026 willkommen bienvenido administrator
  administrador admin123 admin1234 admin12345 administrator1 root1234 rootroot toor1234 changeme changeme1
  changeme123 changeit default1 default123 secret12 secret123 test1234 test12345 testtest testing1 testing123
  temp1234 guest123 guest1234 user1234 username login123 access14 master123 mustang1 dragon12 dragon123
  monkey12 monkey123 shadow12 shadow123 freedom1 maverick midnight mercedes ferrari1 corvette lakers24
  liverpool liverpool1 chelsea1 arsenal1 barcelona realmadrid juventus manchester blink182 metallica nirvana1
  linkinpark slipknot greenday eminem123 hello123 hello1234 hellohello goodluck jesus123 jesuschrist blessed1
  iloveu123 lovelove babygirl babygirl1 butterfly chocolate elephant dolphins einstein december september
  november february summer2024 summer2025 summer2026 winter2024 winter2025 winter2026 spring2025 spring2026
  autumn2025 sommer2025 sommer2026 winter123 summer123 google123 facebook facebook1 linkedin linkedin1 myspace1
  qweasdzxc qweasdzxc1 qwe12345 qwe123456 qweqweqwe qwerasdf asd12345 asdqwe123 zxc12345 zxczxczxc 1234qwer
  123qweasd 123qwe123 12qwaszx q1q1q1q1 qwaszx12 1111qqqq aaaaaaaa aaaaaaaaa bbbbbbbb zzzzzzzz xxxxxxxx
  tallyman tallyman1 tallyman123 warehouse warehouse1 warehouse123 lagerlager almacen1 inventory inventory1
  scanner1 scanner123 barcode1 barcode123 пароль123 йцукенгш йцукен123 qwertyuiop1 qwertyuiop123 nothing1
  forever1 whatever1 computer123 password2 password3 password11 password99 password01 password2024
  password2025 password2026 passwords mypassword mypassword1 newpassword yourpassword letmein12 iamthebest`
    .split(/\s+/)
    .filter((word) => word !== ''),
);
