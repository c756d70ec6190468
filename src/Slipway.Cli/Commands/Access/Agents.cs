using System.CommandLine;
using Slipway.Cli.Running;

namespace Slipway.Cli.Commands.Access;

/// <summary>slipway agents token</summary>
internal sealed class Agents : Command
{
    public Agents(Surroundings surroundings)
        : base("agents", "Let agents join.") =>
        Add(new CreateJoinLine(surroundings));
}
