// A glass of red wine and a bottle on a wooden table, in the evening. Own scene: no include files, no textures of others.
#version 3.7;
global_settings { assumed_gamma 1.0 max_trace_level 9 ambient_light rgb 0.25 }

camera {
  location <0, 3.0, -12.5> look_at <0.1, 3.0, 0> right x * image_width / image_height angle 62
}

light_source { <-7, 11, -8> rgb <1.0, 0.93, 0.82> * 1.15 }
light_source { <9, 6, 5> rgb <1.0, 0.75, 0.5> * 0.7 }

// The room behind: a warm wall, far lamps that the lens blurs into discs, and a bright window for the glass to mirror.
plane { z, 26 pigment { gradient y color_map { [0 rgb <0.05, 0.04, 0.05>] [1 rgb <0.16, 0.12, 0.12>] } scale 22 } finish { ambient 0.6 diffuse 0.5 } }
#declare Lamps = seed(11);
#for (I, 1, 26)
  #declare Size = 0.5 + 0.45 * rand(Lamps);
  disc { <-13 + 26 * rand(Lamps), 2.5 + 8 * rand(Lamps), 22 + I * 0.05>, z, Size
    pigment { rgbt <1, 0.62 + 0.25 * rand(Lamps), 0.28, 0.55 + 0.25 * rand(Lamps)> } finish { ambient 0 diffuse 0 emission 1.4 } no_shadow }
#end
box { <-9.5, 3, -9>, <-7.2, 9, -8.8> pigment { rgb 1 } finish { ambient 0 diffuse 0 emission 1.6 } no_shadow }
box { <7.5, 3, -11>, <9, 8, -10.8> pigment { rgb <1, 0.9, 0.75> } finish { ambient 0 diffuse 0 emission 0.9 } no_shadow }

// The table: planks along z.
#declare Plank = pigment { wood turbulence <0.06, 0.03, 0.2> omega 0.5
  color_map { [0 rgb <0.34, 0.18, 0.085>] [0.5 rgb <0.25, 0.125, 0.055>] [0.9 rgb <0.19, 0.09, 0.04>] [1 rgb <0.30, 0.16, 0.075>] }
  scale <0.35, 0.35, 1> }
#for (I, -9, 9)
  box { <0.02, -0.4, -8>, <1.58, 0, 25>
    pigment { Plank rotate <2 + I, 0.7 * I, 0> translate <I * 3.1, I * 1.7, I> }
    normal { granite 0.03 scale <0.3, 0.3, 3> }
    finish { ambient 0.12 diffuse 0.75 specular 0.35 roughness 0.02 reflection { 0.03, 0.14 } }
    translate x * 1.6 * I }
#end

#declare Clear = texture { pigment { rgbt <0.97, 0.98, 0.98, 0.97> } finish { ambient 0 diffuse 0.02 specular 0.9 roughness 0.0015 reflection { 0.02, 0.75 fresnel on } conserve_energy } }

// The glass: one closed profile of the outer and the inner wall.
#declare WineGlass = union {
  lathe { cubic_spline 26,
    <0.6, 0.02>, <0.02, 0.0>, <1.02, 0.0>, <1.06, 0.03>, <1.0, 0.07>, <0.55, 0.13>, <0.16, 0.3>, <0.095, 0.7>, <0.09, 1.3>,
    <0.10, 1.75>, <0.20, 1.98>, <0.62, 2.22>, <1.02, 2.62>, <1.19, 3.15>, <1.14, 3.75>, <0.98, 4.35>, <0.955, 4.40>, <0.93, 4.36>,
    <1.085, 3.75>, <1.135, 3.15>, <0.975, 2.66>, <0.60, 2.28>, <0.22, 2.09>, <0.08, 2.05>, <0.0, 2.04>, <0.1, 2.05>
    texture { Clear } interior { ior 1.5 } }
  // The wine touches the wall from inside.
  lathe { cubic_spline 11,
    <0.1, 2.06>, <0.0, 2.06>, <0.08, 2.07>, <0.21, 2.11>, <0.59, 2.30>, <0.965, 2.67>, <1.125, 3.15>, <1.122, 3.22>, <1.05, 3.2>, <0.0, 3.2>, <0.2, 3.2>
    pigment { rgbt <0.62, 0.02, 0.06, 0.9> } finish { ambient 0 diffuse 0.12 specular 0.6 roughness 0.004 reflection { 0.02, 0.35 fresnel on } conserve_energy }
    interior { ior 1.33 fade_color <0.45, 0.0, 0.03> fade_distance 0.55 fade_power 1001 } }
}

#declare Bottle = union {
  lathe { cubic_spline 22,
    <0.5, 0.1>, <0.0, 0.1>, <0.85, 0.02>, <0.98, 0.08>, <1.02, 0.2>, <1.03, 1.5>, <1.03, 3.2>, <1.0, 3.65>, <0.78, 4.15>, <0.48, 4.55>, <0.37, 5.0>,
    <0.355, 5.6>, <0.355, 6.15>, <0.42, 6.18>, <0.42, 6.38>, <0.36, 6.4>, <0.28, 6.4>, <0.28, 5.6>, <0.3, 4.95>, <0.0, 4.9>, <0.1, 4.9>, <0.2, 4.9>
    pigment { rgb <0.012, 0.035, 0.018> } finish { ambient 0 diffuse 0.35 specular 0.9 roughness 0.003 reflection { 0.04, 0.6 fresnel on } } interior { ior 1.5 } }
  // Capsule and label: blank paper with a thin frame.
  cylinder { <0, 5.25, 0>, <0, 6.42, 0>, 0.375 pigment { rgb <0.35, 0.03, 0.05> } finish { ambient 0.05 diffuse 0.6 specular 0.5 roughness 0.03 reflection 0.05 } }
  difference {
    cylinder { <0, 0.9, 0>, <0, 2.85, 0>, 1.045 }
    cylinder { <0, 0.8, 0>, <0, 2.95, 0>, 1.035 }
    plane { -z, -0.15 }
    pigment { gradient y color_map {
      [0 rgb <0.83, 0.77, 0.63>] [0.06 rgb <0.83, 0.77, 0.63>] [0.06 rgb <0.35, 0.05, 0.07>] [0.09 rgb <0.35, 0.05, 0.07>] [0.09 rgb <0.86, 0.80, 0.67>]
      [0.60 rgb <0.86, 0.80, 0.67>] [0.60 rgb <0.35, 0.05, 0.07>] [0.78 rgb <0.35, 0.05, 0.07>] [0.78 rgb <0.86, 0.80, 0.67>] [0.91 rgb <0.86, 0.80, 0.67>] [0.91 rgb <0.35, 0.05, 0.07>] [0.94 rgb <0.35, 0.05, 0.07>] [0.94 rgb <0.83, 0.77, 0.63>] [1 rgb <0.83, 0.77, 0.63>] }
      scale 1.95 translate y * 0.9 }
    finish { ambient 0.08 diffuse 0.75 } }
}

object { WineGlass scale <0.85, 1.04, 0.85> translate <-1.5, 0, -1.2> }
object { Bottle translate <1.9, 0, 0.4> }
