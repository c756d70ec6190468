using Slipway.Contracts.Services;

namespace Slipway.Agent.Signals;

/// <summary>Names of what is measured, as the contract has them.</summary>
internal static class SignalNames
{
    public const string Cpu = "cpu";
    public const string Memory = "memory";
    public const string Threads = "threads";
    public const string Files = "files";
    public const string Disk = "disk";
    public const string Network = "network";
    public const string Restarts = "restarts";
    public const string Probes = "probes";
    public const string ProbeFailures = "probeFailures";
    public const string ProbeTime = "probeTime";
    public const string Lines = "lines";
    public const string Warnings = "warnings";
    public const string Errors = "errors";
    public const string Requests = "requests";
    public const string RequestErrors = "requestErrors";
    public const string RequestTime = "requestTime";
    public const string RequestTimeHigh = "requestTimeHigh";

    public static string Metric(string name) => JudgedSignals.Own + name;
}
