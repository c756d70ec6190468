namespace Slipway.Agent.Preparing.Archives;

/// <param name="Type">The type flag of the tar header.</param>
/// <param name="Time">Last change, Unix seconds.</param>
internal readonly record struct TarEntry(string Name, string LinkName, char Type, long Size, int Mode, long Time);
