using System.CommandLine;
using Slipway.Cli.Running;

namespace Slipway.Cli.Commands.Configuration;

/// <summary>slipway config set|show</summary>
internal sealed class Config : Command
{
    public Config(Surroundings surroundings)
        : base("config", "The settings of a service in an environment, as numbered revisions.")
    {
        Add(new ShowConfig(surroundings));
        Add(new SetConfig(surroundings));
    }
}
