using System.Reflection;

namespace Slipway.Agent.Identity;

internal static class AgentVersion
{
    /// <summary>Without the commit that the build appends.</summary>
    public static string Text { get; } =
        typeof(AgentVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";
}
