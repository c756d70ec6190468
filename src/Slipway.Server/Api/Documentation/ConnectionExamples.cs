using Slipway.Contracts;
using Slipway.Contracts.Connections;
using Slipway.Contracts.Deployments;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Targets;

namespace Slipway.Server.Api.Documentation;

/// <summary>Examples of what has to do with systems outside of Slipway.</summary>
internal static class ConnectionExamples
{
    public static IEnumerable<object> Values(DateTimeOffset noon, DeploymentId deployment)
    {
        var values = new Dictionary<string, string> { ["gate"] = "https://gate.example.com", ["authentication"] = "api-token" };
        var connection = new Connection { Name = "main", Type = "spinnaker", Values = values, Secrets = ["token"], UpdatedAt = noon, UpdatedBy = "anna" };
        yield return connection;
        yield return new Page<Connection> { Items = [connection] };
        yield return new PutConnection { Type = "spinnaker", Values = values, Secrets = new Dictionary<string, string> { ["token"] = "spk_5f2a" } };
        yield return new ConnectionDiagnosis { Works = true, Steps = [new("address", true, "Gate 2026.2.3 answers at https://gate.example.com."), new("sign-in", true, "Signed in as slipway.")] };
        yield return new Page<ConnectionType>
        {
            Items = [new() { Name = "spinnaker", Title = "Spinnaker", Fields = [new() { Name = "gate", Label = "Gate", Help = "The address of Gate, Spinnaker's API.", Required = true }] }],
        };
        yield return new ApprovalRequest { Choice = "ship it", Reason = "Looks good on staging" };
        yield return new InstanceGroups
        {
            ObservedAt = noon,
            Groups =
            [
                new()
                {
                    Name = "checkout-production-v012",
                    Location = "prod us-east-1",
                    Version = "1.4.2",
                    Image = "ami-0a1b2c3d",
                    Serving = true,
                    Capacity = new(2, 8, 4),
                    Health = new(4, 4, 0, 0, 0, 0),
                    CreatedAt = noon,
                    Deployment = deployment,
                },
            ],
        };
    }
}
