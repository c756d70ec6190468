using System.Globalization;

namespace Slipway.Agent.Supervision;

/// <summary>Signal numbers of Linux on x64 and arm64, and their names.</summary>
internal static class Signals
{
    public const int Kill = 9;
    public const int Terminate = 15;

    private static readonly Dictionary<string, int> Numbers = new(StringComparer.Ordinal)
    {
        ["SIGHUP"] = 1,
        ["SIGINT"] = 2,
        ["SIGQUIT"] = 3,
        ["SIGILL"] = 4,
        ["SIGTRAP"] = 5,
        ["SIGABRT"] = 6,
        ["SIGBUS"] = 7,
        ["SIGFPE"] = 8,
        ["SIGKILL"] = Kill,
        ["SIGUSR1"] = 10,
        ["SIGSEGV"] = 11,
        ["SIGUSR2"] = 12,
        ["SIGPIPE"] = 13,
        ["SIGALRM"] = 14,
        ["SIGTERM"] = Terminate,
        ["SIGSYS"] = 31,
    };

    /// <summary>SIGTERM where the name says nothing.</summary>
    public static int Number(string? name) => name is not null && Numbers.TryGetValue(name, out var number) ? number : Terminate;

    public static string Name(int number) =>
        Numbers.FirstOrDefault(pair => pair.Value == number).Key ?? "signal " + number.ToString(CultureInfo.InvariantCulture);
}
