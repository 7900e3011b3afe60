/// Takes the place of the first source file.
enum Stub {}
