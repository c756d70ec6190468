namespace Slipway.Cli.Running;

/// <summary>What a script can rely on.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>The deployment failed, was rolled back or was cancelled.</summary>
    public const int Failed = 1;

    /// <summary>Wrong usage or input.</summary>
    public const int Usage = 2;

    /// <summary>Permission, freeze, hold, conflict.</summary>
    public const int Refused = 3;

    public const int Unreachable = 4;

    public const int Interrupted = 130;
}
