using System.Globalization;
using Slipway.FakeGate;

// slipway-fakegate [--urls http://127.0.0.1:8084] [--speed 60] [--state FILE]
var given = args.Chunk(2).ToDictionary(pair => pair[0], pair => pair.Length == 2 ? pair[1] : "");
await using var gate = await FakeGate.StartAsync(new()
{
    Port = new Uri(given.GetValueOrDefault("--urls", "http://127.0.0.1:8084")).Port,
    Speed = double.Parse(given.GetValueOrDefault("--speed", "1"), CultureInfo.InvariantCulture),
    StateFile = given.GetValueOrDefault("--state"),
});
Console.WriteLine($"Gate on {gate.Url}");
await gate.WaitAsync(CancellationToken.None);
