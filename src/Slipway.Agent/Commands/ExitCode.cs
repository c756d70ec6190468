namespace Slipway.Agent.Commands;

/// <summary>The same numbers as the command line's.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int WrongUsage = 2;
    public const int Refused = 3;
    public const int ServerUnreachable = 4;
}
