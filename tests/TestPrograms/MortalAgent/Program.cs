// The half of an agent that runs services, in a process a test can kill: activates (or adopts) one service, says what came of it, stays.
// Arguments: activate|adopt, data folder, generation, path of a file with the release (protobuf).
using System.Globalization;
using Slipway.Agent.Activating;
using Slipway.Agent.Identity;
using Slipway.Contracts.Agent.V1;
using Slipway.Contracts.Ids;

var (verb, data, generation) = (args[0], new DataFolder(args[1]), ulong.Parse(args[2], CultureInfo.InvariantCulture));
var release = Release.Parser.ParseFrom(File.ReadAllBytes(args[3]));
var service = ServiceName.Parse(release.Service);
var folder = Path.Combine(data.Service(service).Versions, release.Version);
var activation = new Activation(service, generation, release, folder, null, new Dictionary<string, string>(release.Config), release.Spec.Port);

await using var activator = new ServiceActivator(data, new(), TimeProvider.System);
if (verb == "adopt")
    Console.WriteLine(await activator.AdoptAsync(activation, CancellationToken.None) ? "adopted" : "not adopted");
else
    Console.WriteLine(await activator.ActivateAsync(activation, state => Console.WriteLine(state), CancellationToken.None));
Console.WriteLine("pid " + activator.Find(service)?.ProcessId.ToString(CultureInfo.InvariantCulture));
await Task.Delay(Timeout.Infinite);
